import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { UnlockState } from './unlock-request.lifecycle.js';

/** A customer is to be told where their request has come to; put into words and gone as soon as somebody gets to it. */
@Entity('unlock_notice')
export class UnlockNotice {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_notice_pk' })
  id: string;
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_notice_request_fk' })
  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;
  @Column({ name: 'status', type: 'text' })
  status: UnlockState;
}
