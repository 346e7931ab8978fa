/** Whose acts are counted. */
export const CAP_SCOPES = ['SOURCE', 'CONTACT', 'IMEI', 'AGENT', 'STORE', 'REQUEST'] as const;
export type CapScope = (typeof CAP_SCOPES)[number];

/** What is counted. Of CONFIRM and STATUS only what did not find anything. */
export const CAP_ACTIONS = [
  'SUBMIT',
  'CONFIRM',
  'RESEND',
  'STATUS',
  'SEND_CODE',
  'ONE_TIME_CODE',
  'REVEAL',
  'ASK',
] as const;
export type CapAction = (typeof CAP_ACTIONS)[number];

/** The time it is counted in: an hour, a day or a month of UTC. */
export const CAP_SPANS = ['HOUR', 'DAY', 'MONTH'] as const;
export type CapSpan = (typeof CAP_SPANS)[number];

/** So often within a span: beyond soft somebody is told, beyond hard it is refused. */
export interface Cap {
  scope: CapScope;
  action: CapAction;
  span: CapSpan;
  soft: number | null;
  hard: number;
}

export const ALERT_KINDS = ['SOFT_CAP', 'HARD_CAP', 'SOURCE_SUSPENDED'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** When the span that an instant falls into began. */
export function beginOf(span: CapSpan, at: Date): Date {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (span === 'MONTH') return new Date(Date.UTC(year, month));
  if (span === 'DAY') return new Date(Date.UTC(year, month, at.getUTCDate()));
  return new Date(Date.UTC(year, month, at.getUTCDate(), at.getUTCHours()));
}

/** When it ends. */
export function endOf(span: CapSpan, at: Date): Date {
  const begin = beginOf(span, at);
  if (span === 'MONTH') return new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + 1));
  return new Date(begin.getTime() + (span === 'DAY' ? 86_400_000 : 3_600_000));
}

/** What a count means under its cap. */
export function standingOf({ soft, hard }: Pick<Cap, 'soft' | 'hard'>, used: number): 'FREE' | 'WATCHED' | 'REFUSED' {
  if (used > hard) return 'REFUSED';
  return soft !== null && used > soft ? 'WATCHED' : 'FREE';
}

/** Whether a source asks so much, and so often for the same, that it is stopped. */
export const isAbusive = (
  {
    maxRequestsPerSourcePerMonth,
    duplicatePercent,
  }: { maxRequestsPerSourcePerMonth: number; duplicatePercent: number },
  { asked, again }: { asked: number; again: number },
): boolean => asked > maxRequestsPerSourcePerMonth && again * 100 > asked * duplicatePercent;
