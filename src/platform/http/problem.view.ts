import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One thing wrong with one field. */
export class FaultView {
  /** Where the field stands. */
  @ApiProperty({ enum: ['body', 'query', 'path', 'header'] })
  in: string;
  /** JSON pointer of the field. @example /lines/0/imei */
  @ApiProperty({ maxLength: 500 })
  pointer: string;
  /** What rule it breaks, for programs. */
  @ApiProperty({ maxLength: 100 })
  code: string;
  /** What is wrong, for people. */
  @ApiProperty({ maxLength: 500 })
  detail: string;
}

/** A refusal (RFC 9457). `code` is stable and meant for programs. */
export class ProblemView {
  /** Address of the refusal's description. */
  @ApiProperty({ maxLength: 200, format: 'uri-reference' })
  type: string;
  /** The refusal in a few words, always the same for a code. */
  @ApiProperty({ maxLength: 200 })
  title: string;
  /** The HTTP status. */
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  status: number;
  /** What happened this time and what can be done. */
  @ApiProperty({ maxLength: 2000 })
  detail: string;
  /** Names this one occurrence; quote it to support. */
  @ApiProperty({ maxLength: 300, required: false })
  instance?: string;
  /** The refusal, for programs. */
  @ApiProperty({ maxLength: 100, pattern: '^[A-Z0-9_]+$' })
  code: string;
  /** Every field that is not as it should be. */
  @ApiProperty({ type: [FaultView], required: false, maxItems: 1000 })
  errors?: FaultView[];
  /** Particulars for programs, such as who holds a unit and until when. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  facts?: Record<string, unknown>;
}
