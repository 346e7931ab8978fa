import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { nameKey } from '../../devices/models/search-words.js';
import { bandsBeside } from '../../devices/bands/network-bands.service.js';
import type { Caller } from '../../platform/caller.js';
import { imeiOf15, tacOf } from '../../values/check-digits.js';
import { holdsCode } from '../codes/held-codes.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import { recipeFor, type Recipe } from '../fulfilment/recipes.js';
import { askedImei } from '../requests/asked-imei.js';
import { eligibilityView, lookInto, type LookedInto, nameOf } from '../requests/pre-check.js';
import { reasonsInWords } from '../words/reason-words.js';
import type { BroughtHandsetView, BroughtLockView } from './brought-handset.view.js';
import type { CheckBroughtHandsetDto } from './brought-handset.dto.js';
import { checklist } from './checklist-words.js';
import { networkFit } from './network-fit.js';
import { waysOf } from './ways.js';

/** Whether we sold the handset: then its lock is ours, and our policies hold for it whoever brings it. */
export const isOwn = ({ handset, identifiers: [{ billing }] }: Gathered): boolean =>
  handset.sold === true || billing.device?.soldByUs === true;

/** The lock as far as the customer read it off the handset. */
export const lockReadBy = ({ lock, attemptsLeft }: CheckBroughtHandsetDto) => ({
  ...(lock === 'NOT_READ' ? {} : { state: lock }),
  ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
});

/** What a store looks at when a customer brings a handset from elsewhere: hardware, bands, lists and lock, in one go. */
@Injectable()
export class BroughtHandsets {
  constructor(
    private readonly db: DataSource,
    private readonly facts: FactsGatherer,
  ) {}

  /** What can be done with the handset; nothing is created. @throws InvalidInput */
  async check(caller: Caller, form: CheckBroughtHandsetDto): Promise<BroughtHandsetView> {
    const [gathered] = await this.facts.gather([{ imei14: askedImei(form.identifier) }]);
    const { handset } = gathered!;
    const [bands, recipe, codeHeld] = await Promise.all([
      bandsBeside(this.db, { variantId: handset.unitId && handset.variantId, tac: tacOf(handset.imei14) }),
      recipeFor(this.db, handset),
      holdsCode(this.db, handset),
    ]);
    const own = isOwn(gathered!);
    const wanted = { lock: lockReadBy(form), ...(own ? {} : { brought: { codeHeld } }) };
    const looked = await lookInto(this.db.manager, caller, wanted, gathered!);
    return viewOf(form, gathered!, { own, looked, recipe, hardware: hardwareOf(bands, form.makerCode) });
  }
}

interface Found {
  own: boolean;
  looked: LookedInto;
  recipe: Recipe;
  hardware: BroughtHandsetView['hardware'];
}

/** What it may be, the one that the customer reads off it if that is among them. */
function hardwareOf(
  { own, hardware }: Awaited<ReturnType<typeof bandsBeside>>,
  makerCode: string | undefined,
): BroughtHandsetView['hardware'] {
  const read = hardware.filter((one) => nameKey(one.makerCode) === nameKey(makerCode ?? ''));
  return (read.length ? read : hardware).map(({ bands, ...one }) => ({ ...one, ...networkFit(own, bands) }));
}

/** The hardware when there is no doubt which. */
const sureOf = (hardware: BroughtHandsetView['hardware']): string | null =>
  hardware.length === 1 ? hardware[0]!.makerCode : null;

const lacksBands = ({ fit }: { fit: string }): boolean => fit === 'SOME' || fit === 'NONE';

function viewOf(form: CheckBroughtHandsetDto, gathered: Gathered, found: Found): BroughtHandsetView {
  const { own, looked, recipe, hardware } = found;
  const { judgement, standing, disclosure } = looked;
  const language = form.language ?? 'en';
  const ways = waysOf(judgement.course, own, recipe);
  const lock = lockView(form, looked, recipe);
  const known = { imei: imeiOf15(gathered.handset.imei14), lockedTo: form.lockedTo ?? null };
  return {
    ...{ handset: nameOf({ ...gathered.handset, makerCode: sureOf(hardware) }), course: judgement.course, ways },
    reasons: reasonsInWords(judgement.reasons, language),
    warnings: reasonsInWords(hardware.some(lacksBands) ? ['INCOMPATIBLE_NETWORK'] : [], language),
    ...{ hardware, lock },
    eligibility: own ? eligibilityView(judgement, gathered, disclosure) : null,
    checklist: checklist(
      ways,
      { ...known, attemptsLeft: lock.attemptsLeft, byCode: recipe.method === 'CODE' },
      language,
    ),
    requestUnderWay: standing.underWay,
  };
}

function lockView(form: CheckBroughtHandsetDto, { standing }: LookedInto, recipe: Recipe): BroughtLockView {
  const { state, attemptsLeft } = { ...standing, ...lockReadBy(form) };
  const open = state === 'UNLOCKED' || state === 'NEVER_LOCKED' || state === 'HARD_LOCKED';
  return {
    ...{ state, attemptsLeft, attemptsAtMost: recipe.maxAttempts },
    readAttemptsFirst: !open && recipe.method === 'CODE' && recipe.attemptsShown && attemptsLeft === null,
  };
}
