import { NetworkBand } from './bands/network-band.entity.js';
import { SkuChannel } from './channels/sku-channel.entity.js';
import { Brand } from './models/brand.entity.js';
import { DeviceModel } from './models/device-model.entity.js';
import { DeviceVariant } from './models/device-variant.entity.js';
import { Price } from './prices/price.entity.js';
import { Sku } from './skus/sku.entity.js';
import { TacClaim } from './tacs/tac-claim.entity.js';

export const DEVICE_ENTITIES = [Brand, DeviceModel, DeviceVariant, Sku, TacClaim, Price, SkuChannel, NetworkBand];
