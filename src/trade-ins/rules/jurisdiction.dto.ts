import {
  Code,
  Flag,
  ListOf,
  ListOfChoices,
  ListOfIds,
  Maybe,
  Nested,
  OneOf,
  WholeNumber,
} from '../../values/fields.js';
import { Jurisdiction } from '../../values/jurisdiction.js';
import { type Instrument, INSTRUMENTS } from './terms.words.js';
import { RULE_WORD, RULE_WORD_LONGEST, WordsDto } from './words.dto.js';

export const IDENTITY_PAPERS = ['PASSPORT', 'ID_CARD', 'DRIVING_LICENCE', 'MILITARY_ID'] as const;
export type IdentityPaper = (typeof IDENTITY_PAPERS)[number];

/** From when a handset is held: its receipt, or the report of it to the police. */
export const HOLD_STARTS = ['RECEIPT', 'REPORT'] as const;
export type HoldStart = (typeof HOLD_STARTS)[number];

/** What a seller has to state. */
export class StatementDto {
  /** What stands for it. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'OWNER')
  code: string;
  /** What the seller states by it. */
  @Nested(() => WordsDto)
  text: WordsDto;
}

/** Where and by when purchases are reported to the police. */
export class PoliceReportingDto {
  /** The register they go to. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'CAPSS')
  register: string;
  /** Within how many hours of the receipt. */
  @WholeNumber(1, 720)
  withinHours: number;
}

/** What the law of a place wants of whoever buys used handsets there. */
export class JurisdictionRulesDto {
  /** The place: ISO 3166 country, with a subdivision where that decides. */
  @Jurisdiction()
  jurisdiction: string;
  /** Locations it is for by name, such as those in one county; none for all in the place. */
  @ListOfIds(0, 500)
  locationIds: string[];
  /** Whether used handsets may be bought here at all: where a licence is needed, whether there is one. */
  @Flag()
  licensed: boolean;
  /** How old a seller must be. */
  @WholeNumber(0, 30)
  minAge: number;
  /** Papers that show who a seller is. */
  @ListOfChoices(IDENTITY_PAPERS, 'IdentityPaper', 1)
  papers: IdentityPaper[];
  /** What a seller has to state. */
  @ListOf(() => StatementDto, 1, 20)
  statements: StatementDto[];
  /** How many days a handset is held before anything is done with it. */
  @WholeNumber(0, 365)
  holdDays: number;
  /** From when it is held. */
  @OneOf(HOLD_STARTS, 'HoldStart')
  holdStarts: HoldStart;
  /** Whether the handset has to be photographed before it is paid for. */
  @Flag()
  photographNeeded: boolean;
  /** Where purchases are reported; left out, nowhere. */
  @Maybe()
  @Nested(() => PoliceReportingDto)
  reporting?: PoliceReportingDto;
  /** How sellers may be paid here. */
  @ListOfChoices(INSTRUMENTS, 'TradeInInstrument', 1)
  instruments: Instrument[];
  /** How many days it is kept who sold; then name, address and papers are erased. */
  @WholeNumber(1, 3650)
  identityDays: number;
}
