import { BirthDate } from '../../values/birth-date.js';
import { Email } from '../../values/email.js';
import { Code, DateOnly, ListOfTexts, Maybe, OneOf, Text } from '../../values/fields.js';
import { type Language, LANGUAGES } from '../../values/language.js';
import { IDENTITY_PAPERS, type IdentityPaper } from '../rules/jurisdiction.dto.js';
import { RULE_WORD_LONGEST } from '../rules/words.dto.js';

const ISSUER = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;
const PAPER_NUMBER = /^[A-Z0-9][A-Z0-9 -]*$/;

/** Who sells the handset, as their paper shows. */
export class SellerDto {
  /** Full name. */
  @Text(1, 200)
  name: string;
  /** Date of birth. */
  @BirthDate()
  bornOn: string;
  /** Where they live. */
  @Text(1, 500)
  address: string;
  /** The paper that was shown. */
  @OneOf(IDENTITY_PAPERS, 'IdentityPaper')
  paper: IdentityPaper;
  /** Its number, in capitals and digits. */
  @Code(PAPER_NUMBER, 60, 'D1234567')
  paperNumber: string;
  /** Who issued it, where that is not the whole country: `US-WA`. */
  @Maybe()
  @Code(ISSUER, 6, 'US-WA')
  paperIssuer?: string;
  /** Until when it is good; left out, it does not expire. */
  @Maybe()
  @DateOnly()
  paperExpiresOn?: string;
  /** Where they are written to about the trade-in; left out, nowhere. */
  @Maybe()
  @Email()
  email?: string;
  /** The language they are written to in; left out, English. */
  @Maybe()
  @OneOf(LANGUAGES, 'Language')
  language?: Language;
  /** What they have stated. */
  @ListOfTexts(0, 20, RULE_WORD_LONGEST)
  statements: string[];
}
