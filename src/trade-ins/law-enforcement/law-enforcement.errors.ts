import { refusal } from '../../platform/problem.js';

export class RequestLoggedAlready extends refusal(
  409,
  'REQUEST_LOGGED_ALREADY',
  'This request is in the log already',
) {}
