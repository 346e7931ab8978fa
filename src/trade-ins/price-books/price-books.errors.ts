import { refusal } from '../../platform/problem.js';

export class PriceBookTaken extends refusal(409, 'PRICE_BOOK_TAKEN', 'There is such a price book already') {}
export class PriceVersionTaken extends refusal(409, 'PRICE_VERSION_TAKEN', 'Another version has this code') {}
export class PriceWindowTaken extends refusal(409, 'PRICE_WINDOW_TAKEN', 'Another version is in force in that time') {}
export class PriceVersionEmpty extends refusal(409, 'PRICE_VERSION_EMPTY', 'The version has no prices') {}
