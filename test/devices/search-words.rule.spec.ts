import { nameKey, searchPatterns, searchWords } from '../../src/devices/models/search-words.js';

const q10 = { brand: 'BlackBerry', name: 'Q10', aliases: ['bb q10', 'sqn100'], makerCodes: ['SQN100-1', 'SQN100-3'] };

/** As PostgreSQL's LIKE, for patterns of letters and digits. */
const like = (text: string, pattern: string) => text.includes(pattern.slice(1, -1));
function finds(query: string, model = q10): boolean {
  const { compact } = searchWords(model);
  const { whole, words } = searchPatterns(query);
  return like(compact, whole) || (words.length > 0 && words.every((word) => like(compact, word)));
}

describe('what a model is found by', () => {
  it('is every name it goes by, in lower case and once', () => {
    expect(searchWords({ ...q10, aliases: ['bb q10', 'BlackBerry Q10', 'sqn100'] })).toEqual({
      text: 'blackberry q10 bb q10 sqn100 sqn100-1 sqn100-3',
      compact: 'blackberryq10 bbq10 sqn100 sqn1001 sqn1003',
    });
  });

  it('has no accents', () => {
    expect(searchWords({ brand: 'Éclair', name: 'Ñandú Ⅲ', aliases: [], makerCodes: [] }).text).toBe(
      'eclair nandu iii',
    );
  });

  it.each([
    'q 10',
    'Q10',
    'q-10',
    'sqn1001',
    'SQN100-1',
    'sqn 100',
    'blackberry q10',
    'q10 blackberry',
    'bb  Q10',
    'berry',
  ])('finds the Q10 by "%s"', (query) => expect(finds(query)).toBe(true));

  it.each(['z10', 'q 5', 'sqn1002', 'blackberry z10', 'nokia'])('does not find the Q10 by "%s"', (query) =>
    expect(finds(query)).toBe(false),
  );

  it('tells S25+ from S25 by S25+, and finds it by "s25 plus"', () => {
    const plain = { brand: 'Samsung', name: 'Galaxy S25', aliases: [], makerCodes: [] };
    const plus = { ...plain, name: 'Galaxy S25+' };
    expect([finds('s25+', plain), finds('s25+', plus), finds('s25 plus', plus), finds('S25', plus)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('leaves nothing of a query that LIKE would take for a pattern', () => {
    expect(searchPatterns('100%_q\\10')).toEqual({ whole: '%100q10%', words: [] });
  });
});

describe('by what two names are the same', () => {
  it.each([
    ['Galaxy S25', 'galaxy  s25', true],
    ['Galaxy S25', 'Galaxy S25+', false],
    ['razr (2024)', 'RAZR 2024', true],
    ['Moto X', 'MotoX', false],
    ['Galaxy S III', 'Galaxy S3', false],
  ])('%s and %s: %s', (one, other, same) => expect(nameKey(one) === nameKey(other)).toBe(same));

  it('is nothing for a name without a letter or digit', () => expect(nameKey('!!!')).toBe(''));
});
