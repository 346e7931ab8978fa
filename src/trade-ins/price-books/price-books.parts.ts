import { PriceBooksController } from './price-books.controller.js';
import { PriceBooksReads } from './price-books.query.js';
import { PriceBooks } from './price-books.service.js';
import { PriceLinesImporter } from './price-lines.importer.js';
import { PriceVersions } from './price-versions.service.js';
import { PriceWatch } from './price-watch.js';

export const PRICE_BOOK_PARTS = {
  controllers: [PriceBooksController],
  providers: [PriceBooksReads, PriceBooks, PriceLinesImporter, PriceVersions, PriceWatch],
};
