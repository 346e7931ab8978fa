import { ApiProperty } from '@nestjs/swagger';
import { Id, ListOfChoices, ListOfTexts, Nested, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { HOLDING_ACTS, HOLDING_DISPOSITIONS, type HoldingDisposition } from '../units/stock-holding.lifecycle.js';
import { ENCUMBRANCE_KINDS } from '../units/unit-encumbrance.lifecycle.js';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../units/unit-identifier.kinds.js';

/** Hardware the identifier may stand for. */
export class VariantCandidateView {
  /** Id of the hardware variant. */
  @Id()
  variantId: string;
  /** Id of the model. */
  @Id()
  modelId: string;
  /** Name of the brand. */
  @Text(1, 100)
  brand: string;
  /** Name of the model. */
  @Text(1, 200)
  model: string;
  /** The maker's own code; empty when unknown. */
  @Text(0, 100)
  makerCode: string;
  /** Storage in GB; 0 when the maker states none. */
  @WholeNumber(0, 65_536)
  storageGb: number;
  /** Colour; empty when the maker names none. */
  @Text(0, 100)
  colour: string;
  /** Those who say so, the surest first; OUR_STOCK when the unit is, or was, ours. */
  @ListOfTexts(0, 50, 100)
  sources: string[];
  /** How sure that is, 1 to 100. */
  @WholeNumber(1, 100)
  confidence: number;
}

/** The unit as our books know it. */
export class KnownUnitView {
  /** Id of the unit. */
  @Id()
  unitId: string;
  /** Id of the SKU. */
  @Id()
  skuId: string;
  /** Where it is, or was last. */
  @Id()
  locationId: string;
  /** How it stands. */
  @OneOf(HOLDING_DISPOSITIONS, 'HoldingDisposition')
  disposition: HoldingDisposition;
  /** When it last came to us. */
  @Moment()
  receivedAt: string;
  /** When it stopped being ours; null while it is. */
  @Moment({ nullable: true })
  closedAt: string | null;
  /** How often it has been ours. */
  @WholeNumber(1, 10_000)
  timesHeld: number;
  /** What bars it from being sold. */
  @ListOfChoices(ENCUMBRANCE_KINDS, 'EncumbranceKind')
  encumbrances: string[];
  /** What may be done with it; empty at another store than the caller's. */
  @ListOfChoices(Object.keys(HOLDING_ACTS), 'HoldingAct')
  possibleActs: string[];
}

export class IdentificationView {
  /** What kind of identifier it is. */
  @OneOf(IDENTIFIER_KINDS, 'IdentifierKind')
  kind: IdentifierKind;
  /** The identifier in its printed form. */
  @Text(1, 64)
  identifier: string;
  /** First eight digits of an IMEI: they stand for the type of handset. */
  @Nullable()
  @Text(8, 8)
  tac: string | null;
  /** Whether anything is known; an unknown TAC is unverified, not wrong. */
  @ApiProperty({ type: 'boolean' })
  verified: boolean;
  /** What it may be, the likeliest first. TAC lists are advice, not proof. */
  @ApiProperty({ type: () => [VariantCandidateView], maxItems: 100 })
  candidates: VariantCandidateView[];
  /** The unit, when it is or ever was ours. */
  @Nullable()
  @Nested(() => KnownUnitView)
  unit: KnownUnitView | null;
}
