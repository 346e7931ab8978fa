import { Id, Nullable, WholeNumber } from '../../values/fields.js';

const MOST = 2_147_483_647;

/** How far a change of keys is. */
export class KeyRotationView {
  /** The key new codes are sealed under; null before the first code. */
  @Nullable()
  @Id()
  keyId: string | null;
  /** Data keys that this call wrapped under the keyring's active key. */
  @WholeNumber(0, MOST)
  rewrapped: number;
  /** Codes still sealed under an older key; they open as before. */
  @WholeNumber(0, MOST)
  toSeal: number;
}
