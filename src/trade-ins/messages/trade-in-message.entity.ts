import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { MESSAGE_AUTHORS, type MessageAuthor } from './message.words.js';

@Entity('trade_in_message')
@Check('trade_in_message_author_ck', oneOf('author', MESSAGE_AUTHORS))
@Index('trade_in_message_trade_in_ix', ['tradeInId', 'id'])
export class TradeInMessage {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_message_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'trade_in_message_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @Column({ name: 'author', type: 'text' })
  author: MessageAuthor;
  @Column({ name: 'written_by', type: 'text' })
  writtenBy: string;
  @Column({ name: 'text', type: 'text' })
  text: string;
  @Column({ name: 'written_at', type: 'timestamptz', default: () => 'now()' })
  writtenAt: Date;
}
