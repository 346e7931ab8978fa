import { refusal } from '../platform/problem.js';

export class NotSignedIn extends refusal(401, 'NOT_SIGNED_IN', 'A valid bearer token is needed') {}
export class NotAllowed extends refusal(403, 'NOT_ALLOWED', 'The token does not carry the right') {}
