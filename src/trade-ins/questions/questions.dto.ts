import { Id, IdentifierText, Maybe } from '../../values/fields.js';

export class AskTradeInQuestionsDto {
  /** The IMEI, as the handset shows it for `*#06#`. */
  @IdentifierText()
  identifier: string;
  /** Which hardware it is, where the IMEI does not tell. */
  @Maybe()
  @Id()
  variantId?: string;
}
