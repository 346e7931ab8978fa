import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/http/public.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { InvalidInput, ReducedCapacity } from '../../platform/problems.js';
import { CHECK_NAMES, checkKind } from '../eligibility/check-catalogue.js';
import { CheckKindsView } from './unlock-checks.view.js';

@ApiTags('Unlock policies')
@Controller('v1/unlock-checks')
@Public()
export class UnlockChecksController {
  /** List every check a policy can be made of, with its parameters. */
  @Get()
  @Refuses(InvalidInput, ReducedCapacity)
  listUnlockChecks(): CheckKindsView {
    return { items: CHECK_NAMES.map(checkKindView) };
  }
}

function checkKindView(name: (typeof CHECK_NAMES)[number]): CheckKindsView['items'][number] {
  const { about, parameters, oneOf = [] } = checkKind(name);
  return {
    ...{ name, about, exactlyOneOf: [...oneOf] },
    parameters: Object.entries(parameters).map(([parameter, { about: says, of, required }]) => ({
      ...{ name: parameter, about: says, kind: of.kind, required: required ?? false },
      values: 'values' in of ? [...(of.values ?? [])] : [],
    })),
  };
}
