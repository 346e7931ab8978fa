import { Code, ListOfTexts, Nullable, Text, WholeNumber } from '../../values/fields.js';

export class RevealCodeDto {
  /** What the code is shown for, for the audit. */
  @Text(3, 300)
  purpose: string;
}

/** A code, shown once. */
export class RevealedCodeView {
  /** Which lock it opens, such as NCK or MEP2. */
  @Code(/^[A-Z][A-Z0-9_]{0,29}$/, 30, 'MEP2')
  codeType: string;
  /** The code: digits, zeros in front included. */
  @Code(/^\d{6,20}$/, 20, '0123456789012345')
  code: string;
  /** The tries the handset has left as far as we know; a code is never entered twice. */
  @Nullable()
  @WholeNumber(0, 99)
  attemptsLeft: number | null;
  /** How to enter it. */
  @ListOfTexts(0, 20, 400)
  steps: string[];
}
