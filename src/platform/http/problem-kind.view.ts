import { ApiProperty } from '@nestjs/swagger';

/** A refusal as such, apart from any one occurrence. */
export class ProblemKindView {
  /** Address of the refusal's description. */
  @ApiProperty({ maxLength: 200 })
  type: string;
  /** The HTTP status it comes with. */
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  status: number;
  /** The refusal, for programs. */
  @ApiProperty({ maxLength: 100 })
  code: string;
  /** The refusal in a few words. */
  @ApiProperty({ maxLength: 200 })
  title: string;
}
