import { BusinessCalendarRow } from './clock/business-calendar.entity.js';
import { UnlockAlert, UnlockCap, UnlockCapUse } from './caps/unlock-cap.entity.js';
import { UnlockCode, UnlockCodeBatch, UnlockCodeReveal } from './codes/unlock-code.entity.js';
import { UnlockDecision } from './decisions/unlock-decision.entity.js';
import { UnlockCapLock, UnlockGrant } from './decisions/unlock-grant.entity.js';
import { UnlockOverride } from './decisions/unlock-override.entity.js';
import { UnlockDocument } from './documents/unlock-document.entity.js';
import { UnlockEntitlement, UnlockLotDevice } from './entitlements/entitlement.entity.js';
import { UnlockBatch, UnlockBatchItem } from './entitlements/unlock-batch.entity.js';
import { DeviceLock } from './fulfilment/device-lock.entity.js';
import { UnlockRecipe } from './fulfilment/unlock-recipe.entity.js';
import { UnlockFloor } from './policies/unlock-floor.entity.js';
import { UnlockPolicy } from './policies/unlock-policy.entity.js';
import { UnlockRequest } from './requests/unlock-request.entity.js';
import { UnlockEligibilityNotice, UnlockSweep } from './sweep/unlock-sweep.entity.js';
import { UnlockNotice } from './requests/unlock-notice.entity.js';
import { UnlockOneTimeCode } from './self-service/one-time-code.entity.js';

export const UNLOCK_REQUEST_ENTITIES = [
  BusinessCalendarRow,
  UnlockPolicy,
  UnlockFloor,
  UnlockRequest,
  UnlockDecision,
  UnlockGrant,
  UnlockCapLock,
  UnlockOverride,
  DeviceLock,
  UnlockRecipe,
  UnlockDocument,
  UnlockSweep,
  UnlockEligibilityNotice,
  UnlockCodeBatch,
  UnlockCode,
  UnlockCodeReveal,
  UnlockCap,
  UnlockCapUse,
  UnlockAlert,
  UnlockOneTimeCode,
  UnlockNotice,
  UnlockEntitlement,
  UnlockLotDevice,
  UnlockBatch,
  UnlockBatchItem,
];
