import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale } from '../../platform/problems.js';
import { AccountNumberTaken, LineNumberTaken } from '../accounts.errors.js';
import { AccountsQuery } from './accounts.query.js';
import { Accounts } from './accounts.service.js';
import { AccountParams, AddAccountLineDto, CreateAccountDto, ListAccountsQuery } from './billing-account.dto.js';
import { AccountLineView, AccountPageView, AccountWithLinesView } from './billing-account.view.js';

@ApiTags('Accounts')
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly read: AccountsQuery,
    private readonly accounts: Accounts,
  ) {}

  /** List accounts by number. */
  @Get()
  @Allow('accounts:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listAccounts(@Query() query: ListAccountsQuery): Promise<AccountPageView> {
    return this.read.accounts(query);
  }

  /** Show one account with its lines. */
  @Get(':id')
  @Allow('accounts:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getAccount(@Param() { id }: AccountParams): Promise<AccountWithLinesView> {
    return this.read.account(id);
  }

  /** Create an account that no file has brought. */
  @Post()
  @Allow('accounts:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, AccountNumberTaken)
  createAccount(@Asked() call: Call, @Body() form: CreateAccountDto): Promise<AccountWithLinesView> {
    return this.accounts.create(call, form);
  }

  /** Add a line to an account. */
  @Post(':id/lines')
  @Allow('accounts:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, LineNumberTaken)
  addAccountLine(
    @Asked() call: Call,
    @Param() { id }: AccountParams,
    @Body() form: AddAccountLineDto,
  ): Promise<AccountLineView> {
    return this.accounts.addLine(call, id, form);
  }
}
