import { Code } from './fields.js';

/** ISO 3166: a country, or a part of one whose law differs, such as `CA-QC`. */
export const JURISDICTION = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;

/** A place whose law applies: a country such as `US`, or a part of one such as `CA-QC`. */
export const Jurisdiction = () => Code(JURISDICTION, 6, 'US');
