import type { EntityManager } from 'typeorm';
import { nameKey } from '../../devices/models/search-words.js';
import { type LineFault, lineFault } from '../../imports/importer.js';
import { tacOf } from '../../values/check-digits.js';
import { type Recipe, SELECT_RECIPE } from '../fulfilment/recipes.js';

/** One line of a maker's file. */
export interface CodeRow {
  imei: string;
  code_type: string;
  code: string;
  mep_id: string | null;
  prd: string | null;
  lot: string | null;
}

/** What each maker's codes look like, learned as a file goes by: its TACs are few, however long it is. */
export class CodeForms {
  private recipes: readonly Recipe[] | undefined;
  private readonly byTac = new Map<string, Recipe>();
  private readonly patterns = new Map<string, RegExp>();

  /** Learns the makers of the TACs not seen before. */
  async learn(tx: EntityManager, rows: readonly Pick<CodeRow, 'imei'>[]): Promise<void> {
    this.recipes ??= (await tx.query(SELECT_RECIPE)) as Recipe[];
    const fresh = [...new Set(rows.map(({ imei }) => tacOf(imei)))].filter((tac) => !this.byTac.has(tac));
    if (!fresh.length) return;
    const known: { tac: string; brand: string; model: string }[] = await tx.query(
      `select distinct on (t.tac) t.tac, b.name as brand, m.name as model
       from tac_claim t join device_variant v on v.id = t.variant_id join device_model m on m.id = v.model_id
       join brand b on b.id = m.brand_id
       where t.tac = any ($1) order by t.tac, t.confidence desc, t.source, t.variant_id`,
      [fresh],
    );
    const makers = new Map(
      known.map(({ tac, brand, model }) => [tac, { brand: nameKey(brand), model: nameKey(model) }]),
    );
    for (const tac of fresh) this.byTac.set(tac, this.recipeOf(makers.get(tac)));
  }

  /** What is wrong with a code for the handset it is meant for. */
  faultsOf({ imei, code_type: type, code }: CodeRow): LineFault[] {
    const { codeFormats } = this.byTac.get(tacOf(imei))!;
    const form = codeFormats[type];
    if (form === undefined) {
      const types = Object.keys(codeFormats).join(', ') || 'none';
      return [lineFault('code_type', type, 'TYPE_NOT_OF_MAKER', `Handsets of this maker have codes of: ${types}.`)];
    }
    if (this.pattern(form).test(code)) return [];
    // One digit short and a maker with fixed lengths: what a spreadsheet makes of a 0 in front.
    const lost = this.pattern(form).test(`0${code}`);
    return lost
      ? [lineFault('code', '', 'SPREADSHEET_DAMAGE', 'A digit is missing, most likely a 0 at the front.')]
      : [lineFault('code', '', 'CODE_LENGTH', "It has not the length of this maker's codes of this type.")];
  }

  private recipeOf(maker: { brand: string; model: string } | undefined): Recipe {
    const fits = (one: Recipe) =>
      [maker?.brand ?? '', ''].includes(one.brandKey) && [maker?.model ?? '', ''].includes(one.modelKey);
    const nearness = (one: Recipe) => (one.brandKey ? 2 : 0) + (one.modelKey ? 1 : 0);
    return [...this.recipes!].filter(fits).sort((one, other) => nearness(other) - nearness(one))[0]!;
  }

  private pattern(form: string): RegExp {
    let pattern = this.patterns.get(form);
    if (!pattern) this.patterns.set(form, (pattern = new RegExp(form)));
    return pattern;
  }
}
