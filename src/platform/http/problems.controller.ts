import { Controller, Get, Param } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiProperty, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { knownProblems, type ProblemClass, problemType } from '../problem.js';
import { InvalidInput, NotFound } from '../problems.js';
import { ProblemKindView } from './problem-kind.view.js';
import { Public } from './public.decorator.js';
import { Refuses } from './refuses.decorator.js';

class ProblemSlug {
  @Matches(/^[a-z0-9-]{1,100}$/)
  @ApiProperty({
    description: 'The code in lower case with hyphens.',
    pattern: '^[a-z0-9-]{1,100}$',
    maxLength: 100,
    example: 'insufficient-stock',
  })
  slug: string;
}

@ApiTags('Operations')
@Controller('problems')
@Public()
export class ProblemsController {
  /** List every refusal the program can give. */
  @Get()
  @RouteConfig({ work: 'health' })
  @ApiOkResponse({
    schema: { type: 'array', maxItems: 500, items: { $ref: getSchemaPath(ProblemKindView) } },
  })
  listProblems(): ProblemKindView[] {
    return knownProblems()
      .map(view)
      .sort((a, b) => a.code.localeCompare(b.code));
  }

  /** Describe one refusal; the `type` of a problem leads here. */
  @Get(':slug')
  @RouteConfig({ work: 'health' })
  @Refuses(InvalidInput, NotFound)
  getProblem(@Param() { slug }: ProblemSlug): ProblemKindView {
    const found = knownProblems().find(({ code }) => problemType(code) === `/problems/${slug}`);
    if (!found) throw new NotFound('No refusal has this name.');
    return view(found);
  }
}

const view = ({ status, code, title }: ProblemClass): ProblemKindView => ({
  type: problemType(code),
  status,
  code,
  title,
});
