import { refusal } from '../../platform/problem.js';

export class SellerBarredAlready extends refusal(409, 'SELLER_BARRED_ALREADY', 'Nothing is bought from them already') {}
