import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, ROOT, routesOf } from './document.js';
import { RULES } from './openapi.rules.js';

const document = readDocument();

describe('the API document', () => {
  it('is as the code says', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/src/openapi.js', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('has one line an operation in its list', () => {
    const lines = readFileSync(path.join(ROOT, 'openapi/operations.txt'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(routesOf(document).length);
  });

  it.each(RULES)('$name', ({ faults }) => {
    expect(faults(document)).toEqual([]);
  });

  it.each(RULES)('would be caught: not $name', ({ faults, spoil }) => {
    const spoilt = structuredClone(document);
    spoil(spoilt);
    expect(faults(spoilt).length).toBeGreaterThan(faults(document).length);
  });
});
