import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, DateOnly, Id, ListOfTexts, Maybe, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { LICENCE_RULES, type LicenceRule, MODEL_LIFECYCLE, type ModelLifecycle } from './device-model.lifecycle.js';

// A name of signs alone could be neither found nor told from another.
const NAME = /[\p{L}\p{N}]/u;
const Name = () => Code(NAME, 120);
const MAKER_CODE = /^[A-Za-z0-9][A-Za-z0-9 ._,/()+-]*$/;

export class DeviceModelParam {
  /** Id of the device model. */
  @Id()
  id: string;
}

export class ListBrandsQuery extends PageQuery {}

export class ListDeviceModelsQuery extends PageQuery {
  /** Only models of this brand. */
  @Maybe()
  @Id()
  brandId?: string;
  /** Only models in this part of their life. */
  @Maybe()
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle?: ModelLifecycle;
  /** Only models that go by these words: brand, name, alias or the maker's code, blanks and hyphens as you like. */
  @Maybe()
  @Code(NAME, 100)
  search?: string;
}

export class CreateDeviceModelDto {
  /**
   * Name of the brand; a brand not known yet is created.
   * @example BlackBerry
   */
  @Name()
  brand: string;
  /**
   * Name of the model without the brand.
   * @example Q10
   */
  @Name()
  name: string;
  /** Other words people find it by. */
  @Maybe()
  @ListOfTexts(0, 50, 80)
  aliases?: string[];
  /** Where in its life it is; `ANNOUNCED` unless told otherwise. */
  @Maybe()
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle?: ModelLifecycle = 'ANNOUNCED';
  /** Day of the maker's announcement. */
  @Maybe()
  @Nullable()
  @DateOnly()
  announcedOn?: string | null;
}

/** Facts to change; what is left out stays. */
export class ChangeDeviceModelDto {
  /** New name of the model. */
  @Maybe()
  @Name()
  name?: string;
  /** All the other words people find it by. */
  @Maybe()
  @ListOfTexts(0, 50, 80)
  aliases?: string[];
  /** Day of the maker's announcement; null when it is not known. */
  @Maybe()
  @Nullable()
  @DateOnly()
  announcedOn?: string | null;
}

export class MoveDeviceModelDto {
  /** Why, for the history. */
  @Maybe()
  @Text(1, 500)
  reason?: string;
}

export class EndLicenceDto {
  /** Last day of the maker's licence. */
  @DateOnly()
  endsOn: string;
  /** What happens after it: stock is sold and not ordered again, or nothing is sold any more. */
  @OneOf(LICENCE_RULES, 'LicenceRule')
  rule: LicenceRule;
  /** Why, for the history. */
  @Maybe()
  @Text(1, 500)
  reason?: string;
}

export class AddDeviceVariantDto {
  /**
   * The maker's own code of the hardware.
   * @example SQN100-1
   */
  @Code(MAKER_CODE, 60)
  makerCode: string;
  /** Storage in gigabytes; 0 for none to speak of. */
  @WholeNumber(0, 65_536)
  storageGb: number;
  /**
   * Colour, in the maker's word.
   * @example Black
   */
  @Code(NAME, 60)
  colour: string;
  /** Radio bands, such as `LTE B4`. */
  @Maybe()
  @ListOfTexts(0, 100, 40)
  bands?: string[];
}
