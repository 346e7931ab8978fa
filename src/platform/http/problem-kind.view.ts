import { ApiProperty } from '@nestjs/swagger';

/** A refusal as such, apart from any one occurrence. */
export class ProblemKindView {
  @ApiProperty({ maxLength: 200 })
  type: string;
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  status: number;
  @ApiProperty({ maxLength: 100 })
  code: string;
  @ApiProperty({ maxLength: 200 })
  title: string;
}
