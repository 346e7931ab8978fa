import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isOf, type RuleInForce } from './rule-content.js';
import type { TradeInChannel } from './terms.words.js';
import { SELECT_RULE } from './trade-in-rules.query.js';

/** How old the book may be: a quote made within two seconds of a publication may still go by the version before. */
const FRESH_MS = 2000;

/** Where a handset is handed in. */
export interface TradeInPlace {
  locationId: string;
  country: string;
  region: string;
}

/** All published rules, kept at hand: every quote asks for four of them, and they change a few times a year. */
@Injectable()
export class RuleBook {
  private rules: Promise<readonly RuleInForce[]> | undefined;
  private readAt = 0;

  constructor(private readonly db: DataSource) {}

  forget(): void {
    this.rules = undefined;
  }

  /** The questions for a model: of the set that names it, else of one that names none. */
  async questionSetFor(modelId: string): Promise<RuleInForce<'QUESTION_SET'> | undefined> {
    const sets = (await this.inForce()).filter(isOf('QUESTION_SET'));
    return (
      sets.find(({ content }) => content.modelIds.includes(modelId)) ??
      sets.find(({ content }) => content.modelIds.length === 0)
    );
  }

  async termsFor(country: string, channel: TradeInChannel): Promise<RuleInForce<'TERMS'> | undefined> {
    const terms = (await this.inForce()).filter(isOf('TERMS'));
    return terms.find(({ content }) => content.country === country && content.channel === channel);
  }

  /** The law of a place: the rule made most nearly for it. */
  async jurisdictionOf(place: TradeInPlace): Promise<RuleInForce<'JURISDICTION'> | undefined> {
    const rules = (await this.inForce()).filter(isOf('JURISDICTION'));
    const named = rules.find(({ content }) => content.locationIds.includes(place.locationId));
    const general = rules.filter(({ content }) => content.locationIds.length === 0);
    const by = (jurisdiction: string) => general.find(({ content }) => content.jurisdiction === jurisdiction);
    return named ?? by(`${place.country}-${place.region}`) ?? by(place.country);
  }

  async reasons(): Promise<RuleInForce<'REASONS'> | undefined> {
    return (await this.inForce()).find(isOf('REASONS'));
  }

  /** A version that was in force once: what was agreed under it stays so. */
  async version(id: string): Promise<RuleInForce | undefined> {
    const known = (await this.published()).find((rule) => rule.id === id);
    if (known) return known;
    // Published a moment ago, in another process.
    this.forget();
    return (await this.published()).find((rule) => rule.id === id);
  }

  private async inForce(now = new Date()): Promise<readonly RuleInForce[]> {
    const rules = await this.published();
    return rules.filter(
      ({ effectiveFrom, effectiveTo }) => effectiveFrom <= now && !(effectiveTo && effectiveTo <= now),
    );
  }

  private async published(): Promise<readonly RuleInForce[]> {
    if (!this.rules || Date.now() - this.readAt > FRESH_MS) {
      this.readAt = Date.now();
      const reading: Promise<RuleInForce[]> = this.db.query(
        `${SELECT_RULE} where status = 'PUBLISHED' order by effective_from desc`,
      );
      this.rules = reading;
      reading.catch(() => this.forget());
    }
    return this.rules;
  }
}
