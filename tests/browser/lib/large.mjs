// A large project, as a cluster's owners have it: 20,000 objects in one file of 10 MB, with some mistakes.
//   largeManifests()    the text; the same at each call

const SEGMENTS = 100;
const GATEWAYS = 10;
const PORTS = 8;
const BALANCED = 10;
const INGRESSES = 20;
const DEPLOYMENTS = 77;

/** Every so many names something that is not there. */
const MISTAKE = 97;

const setting = (segment) => `\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata:
  name: aviinfrasetting-${segment}
spec:
  seGroup:
    name: group-${segment}
  network:
    vipNetworks:
    - networkName: vip-${segment}
      cidr: 10.${Math.floor(segment / 250)}.${segment % 250}.0/24
    enableRhi: false
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata:
  name: avigatewayclass-${segment}
spec:
  controller: ako.vmware.com/avi-lb
  parametersRef:
    group: ako.vmware.com
    kind: AviInfraSetting
    name: aviinfrasetting-${segment}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: avi-ingress-class-${segment}
spec:
  controller: ako.vmware.com/avi-lb
  parameters:
    apiGroup: ako.vmware.com
    kind: AviInfraSetting
    name: aviinfrasetting-${segment}
`;

const listener = (gateway, namespace, port) => `\
  - protocol: TCP
    port: ${port}
    routes:
      kind: Service
      group: v1
      selector:
        matchLabels:
          ako.vmware.com/gateway-name: ${gateway}
          ako.vmware.com/gateway-namespace: ${namespace}
`;

const gateway = (name, namespace, segment) => `\
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  gatewayClassName: avigatewayclass-${segment}
  listeners:
${Array.from({ length: PORTS }, (_, at) => listener(name, namespace, 8000 + at)).join("")}`;

const service = (name, namespace, gatewayName, port) => `\
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    ako.vmware.com/gateway-name: ${gatewayName}
    ako.vmware.com/gateway-namespace: ${namespace}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
  - name: web # as the listener has it
    port: ${port}
    targetPort: 8080
    protocol: TCP
`;

const balanced = (name, namespace, settingName) => `\
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations:
    aviinfrasetting.ako.vmware.com/name: ${settingName}
spec:
  type: LoadBalancer
  selector:
    app.kubernetes.io/name: ${name}
  ports:
  - port: 53
    protocol: UDP
`;

const ingress = (name, namespace, segment, backend) => `\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  ingressClassName: avi-ingress-class-${segment}
  rules:
  - host: ${name}.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: ${backend}
            port:
              number: 8000
`;

const deployment = (name, namespace) => `\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      containers:
      - name: main
        image: registry.example.com/${namespace}/${name}:1.2.3
        ports:
        - containerPort: 8080
        env: [{ name: LEVEL, value: info }]
`;

export function largeManifests() {
  const documents = [];
  let count = 0;
  const orWrong = (name) => ((count += 1) % MISTAKE === 0 ? `${name}-missing` : name);
  for (let segment = 0; segment < SEGMENTS; segment += 1) {
    const namespace = `team-${segment % 20}`;
    documents.push(setting(segment));
    for (let at = 0; at < GATEWAYS; at += 1) {
      const name = `gateway-${segment}-${at}`;
      documents.push(gateway(name, namespace, orWrong(segment)));
      for (let port = 0; port < PORTS; port += 1) {
        documents.push(service(`service-${segment}-${at}-${port}`, namespace, orWrong(name), 8000 + port));
      }
    }
    for (let at = 0; at < BALANCED; at += 1) {
      documents.push(balanced(`balanced-${segment}-${at}`, namespace, orWrong(`aviinfrasetting-${segment}`)));
    }
    for (let at = 0; at < INGRESSES; at += 1) {
      documents.push(ingress(`ingress-${segment}-${at}`, namespace, segment, orWrong(`service-${segment}-0-0`)));
    }
    for (let at = 0; at < DEPLOYMENTS; at += 1) documents.push(deployment(`deployment-${segment}-${at}`, namespace));
  }
  return documents.join("---\n");
}
