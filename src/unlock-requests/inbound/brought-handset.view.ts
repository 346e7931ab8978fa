import { NetworkBandView } from '../../devices/bands/network-bands.view.js';
import {
  Flag,
  ListOf,
  ListOfChoices,
  ListOfTexts,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { COURSES } from '../decisions/case.js';
import { LOCK_STATES } from '../requests/unlock-request.lifecycle.js';
import { EligibilityView } from '../requests/eligibility.view.js';
import { ReasonInWordsView } from '../words/reason.view.js';
import { NETWORK_FITS } from './network-fit.js';
import { WAYS } from './ways.js';

/** Hardware that the handset is or may be, and how it gets on with our network. */
export class BroughtHardwareView {
  /** The maker's code, as the label or the settings of the handset show it. */
  @Text(1, 60)
  makerCode: string;
  /** How sure it is, 1 to 100; 100 for a handset of our own books. */
  @WholeNumber(1, 100)
  confidence: number;
  /** Whether it has all of our bands, some, or none that carries voice; UNKNOWN when its bands are not in the books. */
  @OneOf(NETWORK_FITS, 'NetworkFit')
  fit: string;
  /** Of our bands, those it has. */
  @ListOf(() => NetworkBandView, 0, 60)
  has: NetworkBandView[];
  /** Of our bands, those it lacks. */
  @ListOf(() => NetworkBandView, 0, 60)
  lacks: NetworkBandView[];
}

/** The lock of a handset that was brought. */
export class BroughtLockView {
  /** As the customer reads it, else as our books have it. */
  @OneOf(LOCK_STATES, 'DeviceLockState')
  state: string;
  /** The tries left, as the customer reads them, else as our books have them. */
  @Nullable()
  @WholeNumber(0, 99)
  attemptsLeft: number | null;
  /** The tries the maker gives in all; null where it does not count them. */
  @Nullable()
  @WholeNumber(0, 99)
  attemptsAtMost: number | null;
  /** Whether the tries left are to be read off the handset before anything else: nobody said yet, and it shows them. */
  @Flag()
  readAttemptsFirst: boolean;
}

/** What the store has to know of a handset that a customer brings; nothing was created. */
export class BroughtHandsetView {
  /** What the handset is; null when nobody knows. */
  @Nullable()
  @Text(1, 200)
  handset: string | null;
  /** What would become of a request made now. */
  @OneOf(COURSES, 'UnlockCourse')
  course: string;
  /** The ways that are open for the lock; none when it cannot be taken on, or not yet. */
  @ListOfChoices(WAYS, 'BroughtHandsetWay')
  ways: string[];
  /** Everything that stands in the way, in words. */
  @ListOf(() => ReasonInWordsView, 0, 60)
  reasons: ReasonInWordsView[];
  /** What does not stand in the way and should be told before the customer switches. */
  @ListOf(() => ReasonInWordsView, 0, 10)
  warnings: ReasonInWordsView[];
  /** The hardware it is or may be, the likeliest first, each with its bands against ours; none when nobody knows. */
  @ListOf(() => BroughtHardwareView, 0, 20)
  hardware: BroughtHardwareView[];
  /** Its lock. */
  @Nested(() => BroughtLockView)
  lock: BroughtLockView;
  /** For a handset that we sold, whose lock is ours: what the policy makes of it. Null for one from elsewhere. */
  @Nullable()
  @Nested(() => EligibilityView)
  eligibility: EligibilityView | null;
  /** What the customer takes home on paper when somebody else has to be asked. */
  @ListOfTexts(0, 20, 400)
  checklist: string[];
  /** Whether a request for it is under way. */
  @Flag()
  requestUnderWay: boolean;
}
