import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { type ProblemClass, problemType } from '../problem.js';

/** Documents the refusals of an operation, from the classes that are thrown. */
export function Refuses(...problems: readonly ProblemClass[]) {
  const statuses = [...new Set(problems.map((problem) => problem.status))].sort();
  return applyDecorators(
    ...statuses.map((status) => {
      const here = problems.filter((problem) => problem.status === status);
      return ApiResponse({
        status,
        description: here.map((problem) => `${problem.code}: ${problem.title}.`).join(' '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/ProblemView' },
            examples: Object.fromEntries(here.map((problem) => [problem.code, { value: example(problem) }])),
          },
        },
      });
    }),
  );
}

const example = ({ status, code, title }: ProblemClass) => ({
  type: problemType(code),
  title,
  status,
  detail: `${title}.`,
  code,
});
