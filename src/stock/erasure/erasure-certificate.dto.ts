import { Code, Id, Instant, Maybe, OneOf, Text } from '../../values/fields.js';
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

export const SHA256 = /^[0-9a-f]{64}$/;

/** What the tool, or whoever destroyed it, certifies; what handset it is comes from the unit. */
export class RecordErasureDto {
  /** What the data stood on. */
  @OneOf(MEDIA_TYPES, 'MediaType')
  mediaType: MediaType;
  /** Whose data they were, or where the handset came from. */
  @Text(1, 200)
  source: string;
  /** How thoroughly, by NIST SP 800-88 Rev. 2. */
  @OneOf(ERASURE_METHODS, 'ErasureMethod')
  method: ErasureMethod;
  /** What was done, such as cryptographic erase. */
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
  /** When: after the handset came in. */
  @Instant()
  performedAt: string;
  /** Where. */
  @Text(1, 200)
  place: string;
  /** Where the handset goes from there. */
  @OneOf(DESTINATIONS, 'ErasureDestination')
  destination: Destination;
  /** The tool's own number of the certificate. */
  @Maybe()
  @Text(1, 100)
  toolCertificate?: string;
  /** SHA-256 of the tool's report; needed unless the medium was destroyed. */
  @Maybe()
  @Code(SHA256, 64)
  reportSha256?: string;
}

export class ErasureCertificateParams {
  /** Id of the certificate. */
  @Id()
  id: string;
}
