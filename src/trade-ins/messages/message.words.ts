/** Which side wrote a message. */
export const MESSAGE_AUTHORS = ['CUSTOMER', 'CARRIER'] as const;
export type MessageAuthor = (typeof MESSAGE_AUTHORS)[number];
