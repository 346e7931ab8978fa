import { Code } from '../../values/fields.js';
import { JURISDICTION } from '../accounts.words.js';

/** An ISO 3166 country, with a subdivision where that decides, such as `US` or `CA-QC`. */
export const Jurisdiction = () => Code(JURISDICTION, 6, 'US');
