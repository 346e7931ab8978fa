import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/** The SQLSTATE of a failed statement. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code } = error.driverError as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** SQLSTATEs and system errors of a connection that is gone, or that nobody could make. */
const GONE = /^(?:08...|25P03|57P0[1-5]|ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/;

/** The driver says some of it in words only. */
const GONE_IN_WORDS =
  /timeout exceeded when trying to connect|connection terminated|connection ended|query read timeout|is not queryable/i;

/**
 * Whether the connection was lost, or could not be had: it says nothing about the statement, and the next try may work.
 * A session that PostgreSQL ends between two statements is told only by the driver, who will not use it any more.
 */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  const code = sqlState(error) ?? (error as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string') return GONE.test(code);
  return error instanceof Error && GONE_IN_WORDS.test(error.message);
}
