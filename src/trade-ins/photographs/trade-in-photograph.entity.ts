import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('trade_in_photograph')
@Check('trade_in_photograph_digest_ck', `octet_length(digest) = 32`)
@Check('trade_in_photograph_bytes_ck', `bytes between 1 and 20971520`)
@Index('trade_in_photograph_digest_key', ['tradeInId', 'digest'], { unique: true })
@Index('trade_in_photograph_kept_ix', ['digest'], { where: `erased_at is null` })
@Index('trade_in_photograph_taken_ix', ['takenAt'], { where: `erased_at is null` })
export class TradeInPhotograph {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_photograph_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'trade_in_photograph_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @Column({ name: 'digest', type: 'bytea' })
  digest: Buffer;
  @Column({ name: 'media_type', type: 'text' })
  mediaType: string;
  @Column({ name: 'bytes', type: 'integer' })
  bytes: number;
  @Column({ name: 'width', type: 'integer' })
  width: number;
  @Column({ name: 'height', type: 'integer' })
  height: number;
  @Column({ name: 'taken_by', type: 'text' })
  takenBy: string;
  @Column({ name: 'taken_at', type: 'timestamptz', default: () => 'now()' })
  takenAt: Date;
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true })
  erasedAt: Date | null;
}
