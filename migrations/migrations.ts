import { Ground1700000001000 } from './1700000001000-ground.js';
import { Devices1700000002000 } from './1700000002000-devices.js';
import { Stock1700000003000 } from './1700000003000-stock.js';
import { Imports1700000004000 } from './1700000004000-imports.js';
import { Accounts1700000005000 } from './1700000005000-accounts.js';
import { Secrets1700000005500 } from './1700000005500-secrets.js';
import { UnlockPolicies1700000006000 } from './1700000006000-unlock-policies.js';
import { BusinessCalendars1700000006500 } from './1700000006500-business-calendars.js';
import { UnlockRequests1700000007000 } from './1700000007000-unlock-requests.js';
import { SelfService1700000008000 } from './1700000008000-self-service.js';
import { Entitlements1700000009000 } from './1700000009000-entitlements.js';
import { Audit1700000009100 } from './1700000009100-audit.js';
import { Clock1700000009500 } from './1700000009500-clock.js';
import { UnlockSweeps1700000010000 } from './1700000010000-unlock-sweeps.js';
import { BroughtHandsets1700000011000 } from './1700000011000-brought-handsets.js';
import { Refurbishment1700000012000 } from './1700000012000-refurbishment.js';
import { RefurbishmentValidated1700000012100 } from './1700000012100-refurbishment-validated.js';
import { TradeIns1700000013000 } from './1700000013000-trade-ins.js';
import { Photographs1700000013500 } from './1700000013500-photographs.js';
import { Sellers1700000014000 } from './1700000014000-sellers.js';
import { AfterPayout1700000014500 } from './1700000014500-after-payout.js';
import { LeasesAndHolds1700000014600 } from './1700000014600-leases-and-holds.js';
import { SellersApart1700000014700 } from './1700000014700-sellers-apart.js';

/** Every migration, oldest first. An explicit list: what runs does not depend on what lies in a folder. */
export const MIGRATIONS = [
  Ground1700000001000,
  Devices1700000002000,
  Stock1700000003000,
  Imports1700000004000,
  Accounts1700000005000,
  Secrets1700000005500,
  UnlockPolicies1700000006000,
  BusinessCalendars1700000006500,
  UnlockRequests1700000007000,
  SelfService1700000008000,
  Entitlements1700000009000,
  Audit1700000009100,
  Clock1700000009500,
  UnlockSweeps1700000010000,
  BroughtHandsets1700000011000,
  Refurbishment1700000012000,
  RefurbishmentValidated1700000012100,
  TradeIns1700000013000,
  Photographs1700000013500,
  Sellers1700000014000,
  AfterPayout1700000014500,
  LeasesAndHolds1700000014600,
  SellersApart1700000014700,
];
