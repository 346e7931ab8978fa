import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';

const destination = pino.destination({ fd: 1, sync: false, minLength: 4096 });

/** The program's log: one JSON line an event, never an identifier, a contact, a token or a code. */
export const log = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination);

setInterval(() => destination.flush(), 500).unref();

export function flushLog(): void {
  try {
    destination.flushSync();
  } catch {
    // Not open yet: nothing was written.
  }
}

/** Nest's own messages, in the same form. */
export const nestLog: LoggerService = {
  log: () => undefined,
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) => log.error(String(message)),
};
