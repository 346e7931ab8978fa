import { Id, ListOf, OneOf, Text } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { MESSAGE_AUTHORS, type MessageAuthor } from './message.words.js';

export class TradeInMessageView {
  /** Its id. */
  @Id()
  id: string;
  /** Who wrote it. */
  @OneOf(MESSAGE_AUTHORS, 'MessageAuthor')
  author: MessageAuthor;
  /** What it says. */
  @Text(1, 2000)
  text: string;
  /** When it was written. */
  @Moment()
  writtenAt: string;
}

export class TradeInMessagePageView {
  /** The messages, the first first; of very many the last two hundred. */
  @ListOf(() => TradeInMessageView, 0, 200)
  items: TradeInMessageView[];
}
