/** Something the person who starts the program can mend; the message says how. Printed without a stack. */
export class PlainSentence extends Error {}
