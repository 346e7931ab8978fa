import { Module } from '@nestjs/common';
import { NetworkBandsController } from './bands/network-bands.controller.js';
import { NetworkBands } from './bands/network-bands.service.js';
import { Catalogue } from './catalogue.service.js';
import { ChannelsController } from './channels/channels.controller.js';
import { ChannelsQuery } from './channels/channels.query.js';
import { Channels } from './channels/channels.service.js';
import { explainConstraints } from './devices.errors.js';
import { DEVICE_IMPORTERS } from './imports/device-importers.js';
import { BrandsController } from './models/brands.controller.js';
import { DeviceModelsController } from './models/device-models.controller.js';
import { DeviceModelsQuery } from './models/device-models.query.js';
import { DeviceModels } from './models/device-models.service.js';
import { ModelLifeController } from './models/model-life.controller.js';
import { PricesController } from './prices/prices.controller.js';
import { PricesQuery } from './prices/prices.query.js';
import { Prices } from './prices/prices.service.js';
import { SkusController } from './skus/skus.controller.js';
import { SkusQuery } from './skus/skus.query.js';
import { SkuMaking } from './skus/sku-making.js';
import { Skus } from './skus/skus.service.js';
import { TacLookup } from './tacs/tac-lookup.query.js';

explainConstraints();

/** The catalogue: what there is, what it costs and where it may be bought. */
@Module({
  controllers: [
    BrandsController,
    NetworkBandsController,
    DeviceModelsController,
    ModelLifeController,
    SkusController,
    PricesController,
    ChannelsController,
  ],
  providers: [
    Catalogue,
    Channels,
    ChannelsQuery,
    DeviceModels,
    DeviceModelsQuery,
    NetworkBands,
    Prices,
    PricesQuery,
    SkuMaking,
    Skus,
    SkusQuery,
    TacLookup,
    ...DEVICE_IMPORTERS,
  ],
  exports: [Catalogue, SkuMaking, TacLookup],
})
export class DevicesModule {}
