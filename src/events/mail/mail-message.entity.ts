import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';

export const MAIL_STATES = ['QUEUED', 'SENT', 'FAILED'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A mail to be sent. Address and text are sealed, since they hold links and codes, and gone once it is settled. */
@Entity('mail_message')
@Check('mail_message_status_ck', oneOf('status', MAIL_STATES))
@Check('mail_message_erased_ck', `(status = 'QUEUED') = (to_sealed is not null and content_sealed is not null)`)
@Check('mail_message_sent_ck', `(status = 'SENT') = (sent_at is not null)`)
@Index('mail_message_due_ix', ['nextAt'], { where: `status = 'QUEUED'` })
export class MailMessage {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'mail_message_pk' })
  id: string;
  @Column({ name: 'to_sealed', type: 'bytea', nullable: true })
  toSealed: Buffer | null;
  @Column({ name: 'content_sealed', type: 'bytea', nullable: true })
  contentSealed: Buffer | null;
  @Column({ name: 'status', type: 'text', default: () => "'QUEUED'" })
  status: MailState;
  @Column({ name: 'attempts', type: 'smallint', default: () => '0' })
  attempts: number;
  @Column({ name: 'next_at', type: 'timestamptz', default: () => 'now()' })
  nextAt: Date;
  /** After this nobody needs it any more: what it holds has run out. */
  @Column({ name: 'useful_until', type: 'timestamptz', nullable: true })
  usefulUntil: Date | null;
  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
