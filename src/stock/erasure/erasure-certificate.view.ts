import { NextCursor } from '../../platform/http/page.js';
import { Code, Id, ListOf, Nullable, OneOf, Text } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../units/unit-identifier.kinds.js';
import { SHA256 } from './erasure-certificate.dto.js';
import {
  type Destination,
  DESTINATIONS,
  ERASURE_METHODS,
  ERASURE_RESULTS,
  type ErasureMethod,
  type ErasureResult,
  MEDIA_TYPES,
  type MediaType,
  type Verification,
  VERIFICATIONS,
} from './erasure.words.js';

/** Proof of what became of the data on a handset; it is never changed. */
export class ErasureCertificateView {
  /** Id of the certificate: its number here. */
  @Id()
  id: string;
  /** The unit. */
  @Id()
  unitId: string;
  /** The period of ours in which it was erased: a certificate proves nothing for another one. */
  @Id()
  holdingId: string;
  /** The location that recorded it. */
  @Id()
  locationId: string;
  /** Who made the handset. */
  @Text(1, 120)
  maker: string;
  /** What it is. */
  @Text(1, 200)
  model: string;
  /** By what it was identified. */
  @OneOf(IDENTIFIER_KINDS, 'IdentifierKind')
  identifierKind: IdentifierKind;
  /** Its number, an IMEI with its check digit. */
  @Text(1, 64)
  identifier: string;
  /** What the data stood on. */
  @OneOf(MEDIA_TYPES, 'MediaType')
  mediaType: MediaType;
  /** Whose data they were, or where the handset came from. */
  @Text(1, 200)
  source: string;
  /** How thoroughly, by NIST SP 800-88 Rev. 2. */
  @OneOf(ERASURE_METHODS, 'ErasureMethod')
  method: ErasureMethod;
  /** What was done. */
  @Text(1, 200)
  technique: string;
  /** With what. */
  @Text(1, 100)
  tool: string;
  /** In which version. */
  @Text(1, 50)
  toolVersion: string;
  /** How it was made sure of. */
  @OneOf(VERIFICATIONS, 'ErasureVerification')
  verification: Verification;
  /** Whether the data are gone. */
  @OneOf(ERASURE_RESULTS, 'ErasureResult')
  result: ErasureResult;
  /** Who did it. */
  @Text(1, 200)
  operator: string;
  /** When. */
  @Moment()
  performedAt: string;
  /** Where. */
  @Text(1, 200)
  place: string;
  /** Where the handset goes from there. */
  @OneOf(DESTINATIONS, 'ErasureDestination')
  destination: Destination;
  /** The tool's own number of the certificate. */
  @Nullable()
  @Text(1, 100)
  toolCertificate: string | null;
  /** SHA-256 of the tool's report. */
  @Nullable()
  @Code(SHA256, 64)
  reportSha256: string | null;
  /** Who wrote it down here, as their token names them. */
  @Text(1, 200)
  recordedBy: string;
  /** When it was written down. */
  @Moment()
  recordedAt: string;
}

export class ErasureCertificatePageView {
  /** Certificates of the unit, the latest first. */
  @ListOf(() => ErasureCertificateView, 0, 200)
  items: ErasureCertificateView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
