import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('brand')
@Unique('brand_key_key', ['key'])
export class Brand {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'brand_pk' })
  id: string;
  @Column({ name: 'name', type: 'text' })
  name: string;
  @Column({ name: 'key', type: 'text' })
  key: string;
}
