import { ApiProperty } from '@nestjs/swagger';

export class HealthView {
  /** Always `ok`: a process that cannot say so does not live. */
  @ApiProperty({ enum: ['ok'] })
  status: string;
}

export class ReadinessView {
  /** Whether requests should be sent here. */
  @ApiProperty({ enum: ['ready', 'not-ready'] })
  status: string;
  /** Whether the database answers within half a second. */
  @ApiProperty({ enum: ['ok', 'unreachable'] })
  database: string;
  /** Whether every migration this program knows has been applied. */
  @ApiProperty({ enum: ['ok', 'behind', 'unknown'] })
  migrations: string;
  /** Whether the process is shutting down. */
  draining: boolean;
}
