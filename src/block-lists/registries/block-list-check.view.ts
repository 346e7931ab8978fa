import { ListOf, ListOfChoices, OneOf, Text } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { LISTING_REASONS, type ListingReason, REGISTRY_STATUSES, type RegistryStatus } from '../registry-answer.js';

/** One registry's word on one device. */
export class RegistryAnswerView {
  /** `own` for the lists kept here, or the host of the registry. */
  @Text(1, 255)
  source: string;
  /** `UNKNOWN` when the registry did not answer, or nothing that can be read: never clean. */
  @OneOf(REGISTRY_STATUSES, 'RegistryStatus')
  status: RegistryStatus;
  /** Why it is listed, as far as the registry says. */
  @ListOfChoices(LISTING_REASONS, 'ListingReason')
  reasons: ListingReason[];
  /** When the registry was asked. */
  @Moment()
  checkedAt: string;
}

/** What the registries say of one device. */
export class DeviceStandingView {
  /** Its IMEI with the check digit, as it is printed. */
  @Text(15, 15)
  imei: string;
  /** The worst of the answers: blocked, then claimed, then unknown. */
  @OneOf(REGISTRY_STATUSES, 'RegistryStatus')
  status: RegistryStatus;
  /** What each registry says. */
  @ListOf(() => RegistryAnswerView, 1, 10)
  answers: RegistryAnswerView[];
}

export class BlockListCheckView {
  /** The devices in the order asked. */
  @ListOf(() => DeviceStandingView, 1, 100)
  devices: DeviceStandingView[];
}
