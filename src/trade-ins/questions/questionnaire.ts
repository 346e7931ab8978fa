import type { Fault } from '../../platform/problem.js';
import { type Axis, AXES, type CriterionDto, type QuestionSetDto, type Stop } from '../rules/question-set.dto.js';

/** One answer to one question. */
export interface Answered {
  question: string;
  answer: string;
}

/** The bucket of a handset on each axis. */
export type Buckets = Readonly<Record<Axis, string>>;

/** How far a set of questions has been answered, and what the answers say of the handset. */
export interface Walk {
  /** The questions that were asked, in their order. */
  asked: string[];
  /** The question to be asked next; null when all were, or when an answer ended it. */
  next: string | null;
  /** What an answer ended. */
  stop: Stop | null;
  buckets: Buckets;
  /** Faults that a price book may deduct for. */
  problems: string[];
}

type Given = ReadonlyMap<string, string>;

const holds = ({ question, answers }: CriterionDto, given: Given): boolean =>
  answers.includes(given.get(question) ?? '');

/** Goes through the questions as they are asked: by branches, and no further than an answer that ends them. */
export function walk(set: QuestionSetDto, answers: readonly Answered[]): Walk {
  const given = new Map(answers.map(({ question, answer }) => [question, answer]));
  const counted = new Map<string, string>();
  const asked: string[] = [];
  let next: string | null = null;
  let stop: Stop | null = null;
  for (const { id, options, when = [] } of set.questions) {
    if (!when.every((one) => holds(one, counted))) continue;
    asked.push(id);
    const answer = given.get(id);
    if (answer === undefined) {
      next = id;
      break;
    }
    counted.set(id, answer);
    stop = options.find(({ code }) => code === answer)?.stop ?? null;
    if (stop) break;
  }
  return { asked, next, stop, ...graded(set, counted) };
}

function graded({ gradings, problems }: QuestionSetDto, given: Given): Pick<Walk, 'buckets' | 'problems'> {
  const bucketOf = (axis: Axis): string => {
    const fits = gradings.find(({ axis: own, match, criteria }) => {
      if (own !== axis) return false;
      if (!criteria.length) return true;
      return match === 'ALL' ? criteria.every((one) => holds(one, given)) : criteria.some((one) => holds(one, given));
    });
    return fits?.bucket ?? '';
  };
  return {
    buckets: Object.fromEntries(AXES.map((axis) => [axis, bucketOf(axis)])) as Record<Axis, string>,
    problems: problems.filter(({ when }) => holds(when, given)).map(({ code }) => code),
  };
}

/** Everything wrong with a list of answers: unknown, twice, not asked, or one that is missing. */
export function answerFaults(set: QuestionSetDto, answers: readonly Answered[]): Fault[] {
  const { asked, next } = walk(set, answers);
  const faults = answers.flatMap(({ question, answer }, at): Fault[] => {
    const known = set.questions.find(({ id }) => id === question);
    const pointer = `/answers/${at}`;
    if (!known) return [faulty(`${pointer}/question`, 'UNKNOWN_QUESTION', 'This handset is not asked that.')];
    if (answers.findIndex((one) => one.question === question) < at) {
      return [faulty(`${pointer}/question`, 'TWICE', 'It was answered before.')];
    }
    if (!known.options.some(({ code }) => code === answer)) {
      return [faulty(`${pointer}/answer`, 'UNKNOWN_ANSWER', 'The question has no such answer.')];
    }
    if (asked.includes(question)) return [];
    return [faulty(`${pointer}/question`, 'NOT_ASKED', 'After the answers before it this is not asked.')];
  });
  if (next !== null) faults.push(faulty('/answers', 'ANSWER_MISSING', `The question ${next} is to be answered next.`));
  return faults;
}

const faulty = (pointer: string, code: string, detail: string): Fault => ({ in: 'body', pointer, code, detail });

/** The questions that were answered otherwise than before. */
export const differing = (before: readonly Answered[], after: readonly Answered[]): string[] => {
  const earlier = new Map(before.map(({ question, answer }) => [question, answer]));
  const later = new Map(after.map(({ question, answer }) => [question, answer]));
  return [...new Set([...earlier.keys(), ...later.keys()])].filter((one) => earlier.get(one) !== later.get(one));
};
