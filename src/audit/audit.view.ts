import { ApiProperty } from '@nestjs/swagger';
import { NextCursor } from '../platform/http/page.js';
import { Flag, Id, Instant, ListOf, Nullable, Text, WholeNumber } from '../values/fields.js';

const MOST = Number.MAX_SAFE_INTEGER;
const MOST_CHAINS = 100_000;

/** One chain: that of a store, or of the carrier as a whole. */
export class AuditChainView {
  /** The id of the store, or `carrier`. */
  @Text(1, 60)
  chain: string;
  /** Entries it has. */
  @WholeNumber(0, MOST)
  entries: number;
  /** Entries that do not follow from the one before, or are missing; 0 when nothing was touched. */
  @WholeNumber(0, MOST)
  brokenLinks: number;
}

export class AuditVerificationView {
  /** Whether every link of every chain holds. */
  @Flag()
  ok: boolean;
  /** Entries of all chains. */
  @WholeNumber(0, MOST)
  entries: number;
  /** Broken links of all chains. */
  @WholeNumber(0, MOST)
  brokenLinks: number;
  /** Every chain, by its name. */
  @ListOf(() => AuditChainView, 0, MOST_CHAINS)
  chains: AuditChainView[];
}

/** One act on one thing: who, when, from where, why, before and after. It is never changed. */
export class AuditEntryView {
  /** The entry. */
  @Id()
  id: string;
  /** When it was done, to the microsecond. */
  @Instant()
  occurredAt: string;
  /** What kind of thing it was done to. */
  @Text(1, 60)
  subjectKind: string;
  /** The thing. */
  @Id()
  subjectId: string;
  /** What was done. */
  @Text(1, 60)
  act: string;
  /** How the thing stood before; null when that is not told. */
  @Nullable()
  @Text(0, 100)
  from: string | null;
  /** How it stood after; null when that is not told. */
  @Nullable()
  @Text(0, 100)
  to: string | null;
  /** Why. */
  @Nullable()
  @Text(0, 2000)
  reason: string | null;
  /** Particulars. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  details: Record<string, unknown>;
  /** Who did it, by the subject of their token; `system` for the program itself. */
  @Text(1, 200)
  actor: string;
  /** As what they did it. */
  @Text(1, 20)
  actorRole: string;
  /** The store it was done at; null for the carrier as a whole. */
  @Nullable()
  @Id()
  locationId: string | null;
  /** The request it was done in. */
  @Text(1, 200)
  correlationId: string;
  /** The chain it is a link of; null for what is not chained. */
  @Nullable()
  @Text(1, 60)
  chain: string | null;
  /** Its place in the chain, from 1; null for what is not chained. */
  @Nullable()
  @WholeNumber(1, MOST)
  chainSeq: number | null;
  /** SHA-256 over the link before and this entry, in hexadecimal; null for what is not chained. */
  @Nullable()
  @Text(64, 64)
  hash: string | null;
}

export class AuditEntryPageView {
  /** Entries, the oldest first. */
  @ListOf(() => AuditEntryView, 0, 200)
  items: AuditEntryView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
