/** Why a text is not taken as a device identifier, each with the sentence told to the person at the counter. */
export const IDENTIFIER_FAULTS = {
  EMPTY: 'Type or scan the number of the device.',
  TOO_LONG: 'This is too long for the number of one device; enter one number only.',
  SPREADSHEET_DAMAGE:
    'A spreadsheet has changed this number and digits may be lost; take it again from the device or the box.',
  WRONG_LENGTH: 'Digits are missing or too many: an IMEI has 15 digits; dial *#06# to see it.',
  CHECK_DIGIT: 'One of the figures is wrong: the last one does not agree with the others; compare it with the device.',
  NULL_IMEI: 'A number of zeros only belongs to no device; the real one may have been erased.',
  REPEATED_DIGIT: 'The same figure over and over is the number of no device; enter the real one.',
  TEST_RANGE: 'This is a sample or test number, not that of a device sold to anyone.',
  NOT_AN_IDENTIFIER: 'This does not look like an IMEI, MEID, EID or ICCID; dial *#06# to see the number.',
  EID_CHECKSUM: 'One of the digits of the EID is wrong: its check does not add up; compare it with the device.',
  ICCID_CHECKSUM: 'One of the digits of the SIM card number is wrong: its check does not add up; compare the card.',
} as const;

/** The name of a reason for refusing an identifier. */
export type IdentifierFaultCode = keyof typeof IDENTIFIER_FAULTS;

/** A refused identifier: the reason by name, and a sentence that never repeats what was typed. */
export interface IdentifierFault {
  fault: IdentifierFaultCode;
  detail: string;
}

/** The refusal of that name, with its usual sentence or a closer one. */
export function identifierFault(
  fault: IdentifierFaultCode,
  detail: string = IDENTIFIER_FAULTS[fault],
): IdentifierFault {
  return { fault, detail };
}
