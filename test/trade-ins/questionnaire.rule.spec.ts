import { answerFaults, differing, walk } from '../../src/trade-ins/questions/questionnaire.js';
import type { QuestionSetDto } from '../../src/trade-ins/rules/question-set.dto.js';
import { questionSetFaults } from '../../src/trade-ins/rules/question-set-faults.js';
import { answers, sampleRule } from './trade-rules.js';

const set = sampleRule('KEYBOARD-PHONE').questionSet as unknown as QuestionSetDto;
const walked = (over: Record<string, string | null>) => walk(set, answers(over));

describe('the questions about a Q10', () => {
  it.each([
    [{}, 'FLAWLESS', 'WORKING', 'UNLOCKED'],
    [{ SCREEN: 'LIGHT' }, 'GOOD', 'WORKING', 'UNLOCKED'],
    [{ BODY: 'DENTS' }, 'AVERAGE', 'WORKING', 'UNLOCKED'],
    [{ SCREEN: 'CRACKED' }, 'BROKEN', 'FAULTY', 'UNLOCKED'],
    [{ SCREEN: 'DISPLAY_FAULT' }, 'BROKEN', 'FAULTY', 'UNLOCKED'],
    [{ KEYBOARD: 'NO' }, 'FLAWLESS', 'FAULTY', 'UNLOCKED'],
    [{ FUNCTIONS: 'SOME' }, 'FLAWLESS', 'FAULTY', 'UNLOCKED'],
    [{ LIQUID: 'YES' }, 'FLAWLESS', 'FAULTY', 'UNLOCKED'],
    [{ CARRIER_LOCK: 'OTHER' }, 'FLAWLESS', 'WORKING', 'LOCKED'],
    [{ CARRIER_LOCK: 'OURS' }, 'FLAWLESS', 'WORKING', 'UNLOCKED'],
    [{ POWER: 'NO', ACCOUNT_LOCK: null, KEYBOARD: null, FUNCTIONS: null }, 'FLAWLESS', 'DEAD', 'UNLOCKED'],
  ])('grade %j as %s, %s, %s', (over, GRADE, FUNCTION, CARRIER_LOCK) => {
    const { buckets, next, stop } = walked(over);
    expect([buckets, next, stop]).toEqual([{ GRADE, FUNCTION, CARRIER_LOCK }, null, null]);
  });

  it('leave out what a handset that does not power on cannot show', () => {
    const { asked } = walked({ POWER: 'NO' });
    expect(asked).not.toContain('KEYBOARD');
    expect(asked).not.toContain('ACCOUNT_LOCK');
    expect(asked).toContain('SCREEN');
  });

  it.each([
    [{ OWNER: 'NO' }, 'NOT_BOUGHT', ['OWNER']],
    [{ BATTERY: 'SWOLLEN' }, 'NO_MAIL', ['OWNER', 'BATTERY']],
    [{ ACCOUNT_LOCK: 'NO' }, 'NOT_BOUGHT', ['OWNER', 'BATTERY', 'POWER', 'ACCOUNT_LOCK']],
  ])('end early with %j', (over, stop, asked) => {
    expect(walked(over)).toMatchObject({ stop, asked, next: null });
  });

  it('find faults that are deducted for', () => {
    expect(walked({ PARTS: 'NO', KEYBOARD: 'NO' }).problems).toEqual(['NON_GENUINE_PARTS', 'KEYBOARD_FAULT']);
  });

  it('tell which is next', () => {
    expect(walk(set, answers().slice(0, 5)).next).toBe('SCREEN');
  });

  it('are refused with everything that is wrong about the answers', () => {
    const given = [
      ...answers({ POWER: 'NO', ACCOUNT_LOCK: null, FUNCTIONS: null }),
      { question: 'SCREEN', answer: 'LIGHT' },
      { question: 'COLOUR', answer: 'BLACK' },
    ].map((one) => (one.question === 'BODY' ? { ...one, answer: 'MELTED' } : one));
    expect(answerFaults(set, given).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/answers/5/answer', 'UNKNOWN_ANSWER'],
      ['/answers/7/question', 'NOT_ASKED'],
      ['/answers/9/question', 'TWICE'],
      ['/answers/10/question', 'UNKNOWN_QUESTION'],
    ]);
    expect(answerFaults(set, answers().slice(0, 3)).map(({ code }) => code)).toEqual(['ANSWER_MISSING']);
  });

  it('are held against what was answered before', () => {
    expect(differing(answers(), answers({ SCREEN: 'DEEP', KEYBOARD: null }))).toEqual(['SCREEN', 'KEYBOARD']);
  });
});

describe('a set of questions', () => {
  const faults = (spoil: (one: QuestionSetDto) => void) => {
    const spoilt = structuredClone(set);
    spoil(spoilt);
    return questionSetFaults(spoilt).map(({ pointer, code }) => [pointer, code]);
  };

  it('of the sample makes sense', () => {
    for (const code of ['KEYBOARD-PHONE', 'SMARTPHONE']) {
      expect(questionSetFaults(sampleRule(code).questionSet as unknown as QuestionSetDto)).toEqual([]);
    }
  });

  it.each<[string, (one: QuestionSetDto) => void, [string, string]]>([
    ['asks nothing twice', (one) => (one.questions[1]!.id = 'OWNER'), ['/questionSet/questions/1/id', 'TWICE']],
    [
      'branches on what was asked before',
      (one) => (one.questions[0]!.when = [{ question: 'PARTS', answers: ['YES'] }]),
      ['/questionSet/questions/0/when/0/question', 'UNKNOWN_QUESTION'],
    ],
    [
      'grades by answers there are',
      (one) => (one.gradings[0]!.criteria[0]!.answers = ['SHINY']),
      ['/questionSet/gradings/0/criteria/0/answers/0', 'UNKNOWN_ANSWER'],
    ],
    ['lets no handset fall through', (one) => one.gradings.pop(), ['/questionSet/gradings', 'NO_LAST_BUCKET']],
    [
      'has no bucket behind the last one',
      (one) => one.gradings.push({ axis: 'GRADE', bucket: 'X', match: 'ALL', criteria: [] }),
      ['/questionSet/gradings', 'NO_LAST_BUCKET'],
    ],
  ])('%s', (_, spoil, fault) => {
    expect(faults(spoil)).toContainEqual(fault);
  });
});
