import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { isConnectionLost } from '../../src/platform/database-trouble.js';

const failedWith = (message: string, code?: string) =>
  new QueryFailedError('select 1', [], Object.assign(new Error(message), code === undefined ? {} : { code }));

describe('a lost connection', () => {
  it.each<[string, unknown]>([
    ['PostgreSQL ended an idle session', new QueryRunnerAlreadyReleasedError()],
    ['the same, told by the provider', new QueryRunnerProviderAlreadyReleasedError()],
    [
      'the driver will not use it any more',
      failedWith('Client has encountered a connection error and is not queryable'),
    ],
    ['cut in the middle of a statement', failedWith('Connection terminated unexpectedly')],
    ['none free in time', new Error('timeout exceeded when trying to connect')],
    ['the idle limit, seen while a statement ran', failedWith('terminating connection', '25P03')],
    ['the primary shuts down', failedWith('terminating connection', '57P01')],
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN', 'ENOTFOUND'].map(
      (code): [string, unknown] => [code, Object.assign(new Error('no way there'), { code })],
    ),
  ])('is known: %s', (_, error) => expect(isConnectionLost(error)).toBe(true));

  it.each<[string, unknown]>([
    ['a violated constraint', failedWith('duplicate key value', '23505')],
    ['a statement that took too long', failedWith('canceling statement due to statement timeout', '57014')],
    ['a lock that did not come', failedWith('canceling statement due to lock timeout', '55P03')],
    ['a fault of ours', new TypeError('undefined is not a function')],
    ['nothing at all', undefined],
  ])('is not %s', (_, error) => expect(isConnectionLost(error)).toBe(false));
});
