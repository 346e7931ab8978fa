import type { Fault } from '../../platform/problem.js';
import { AXES, type CriterionDto, type GradingDto, type QuestionSetDto } from './question-set.dto.js';

const fault = (pointer: string, code: string, detail: string): Fault => ({ in: 'body', pointer, code, detail });

/** The answers there are to each question so far. */
type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** What makes no sense in a set of questions: what is asked twice, or decided by what nobody asks. */
export function questionSetFaults({ questions, gradings, problems }: QuestionSetDto): Fault[] {
  const known = new Map<string, ReadonlySet<string>>();
  const faults: Fault[] = [];
  for (const [at, { id, options, when = [] }] of questions.entries()) {
    const pointer = `/questionSet/questions/${at}`;
    if (known.has(id)) faults.push(fault(`${pointer}/id`, 'TWICE', 'Another question before it goes by this.'));
    faults.push(...when.flatMap((one, n) => criterionFaults(one, known, `${pointer}/when/${n}`)));
    const codes = options.map(({ code }) => code);
    if (new Set(codes).size < codes.length) {
      faults.push(fault(`${pointer}/options`, 'TWICE', 'Two answers go by the same.'));
    }
    known.set(id, new Set(codes));
  }
  faults.push(...gradings.flatMap((grading, at) => gradingFaults(grading, known, `/questionSet/gradings/${at}`)));
  faults.push(...problems.flatMap(({ when }, at) => criterionFaults(when, known, `/questionSet/problems/${at}/when`)));
  return [...faults, ...axisFaults(gradings)];
}

function criterionFaults({ question, answers }: CriterionDto, known: Known, pointer: string): Fault[] {
  const options = known.get(question);
  if (!options) return [fault(`${pointer}/question`, 'UNKNOWN_QUESTION', 'No question before it goes by this.')];
  return answers.flatMap((answer, at) =>
    options.has(answer)
      ? []
      : [fault(`${pointer}/answers/${at}`, 'UNKNOWN_ANSWER', 'The question has no such answer.')],
  );
}

const gradingFaults = ({ criteria }: GradingDto, known: Known, pointer: string): Fault[] =>
  criteria.flatMap((one, at) => criterionFaults(one, known, `${pointer}/criteria/${at}`));

/** Each axis ends with a bucket for everything else: no handset falls through. */
function axisFaults(gradings: readonly GradingDto[]): Fault[] {
  return AXES.flatMap((axis) => {
    const own = gradings.filter((one) => one.axis === axis);
    const open = own.findIndex(({ criteria }) => criteria.length === 0);
    if (own.length && open === own.length - 1) return [];
    const detail = `The last grading of ${axis}, and no other of it, has no criteria.`;
    return [fault('/questionSet/gradings', 'NO_LAST_BUCKET', detail)];
  });
}
