import { ListOfTexts } from '../../values/fields.js';

export class CheckBlockListsDto {
  /** IMEIs with their check digits, or with their software versions. */
  @ListOfTexts(1, 100, 64)
  identifiers: string[];
}
