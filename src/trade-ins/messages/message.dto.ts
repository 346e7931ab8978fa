import { Text } from '../../values/fields.js';

export class WriteMessageDto {
  /** What it says. */
  @Text(1, 2000)
  text: string;
}
