import { BirthDate } from '../../values/birth-date.js';
import { Email } from '../../values/email.js';
import { DateOnly, Nullable, OneOf, Text } from '../../values/fields.js';
import { type Language, LANGUAGES } from '../../values/language.js';
import { IDENTITY_PAPERS, type IdentityPaper } from '../rules/jurisdiction.dto.js';

/** Who sold, as their paper showed. */
export class SellerView {
  /** Full name. */
  @Text(1, 200)
  name: string;
  /** Date of birth. */
  @BirthDate()
  bornOn: string;
  /** Where they lived. */
  @Text(1, 500)
  address: string;
  /** The paper that was shown. */
  @OneOf(IDENTITY_PAPERS, 'IdentityPaper')
  paper: IdentityPaper;
  /** Its number. */
  @Text(1, 60)
  paperNumber: string;
  /** Who issued it; null where that was not said. */
  @Nullable()
  @Text(2, 6)
  paperIssuer: string | null;
  /** Until when it is good; null for one that does not expire. */
  @Nullable()
  @DateOnly()
  paperExpiresOn: string | null;
  /** Where they are written to; null for nowhere. */
  @Nullable()
  @Email()
  email: string | null;
  /** The language they are written to in. */
  @OneOf(LANGUAGES, 'Language')
  language: Language;
}
