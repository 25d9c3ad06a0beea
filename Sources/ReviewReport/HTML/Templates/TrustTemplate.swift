/// Principals that are gone, and names worn again.
enum TrustTemplate {
  static let main = Template(
    ##"""
    <section id="trust" aria-labelledby="h-trust"><h2 id="h-trust">Trust and orphans</h2>
    <p>{{intro}}</p>
    {{#hasOrphans}}
    <div class="scroll"><table><caption>Ids of principals that are gone, in trust policies</caption><thead><tr><th scope="col">Trusted by</th><th scope="col">Id in its trust policy</th><th scope="col">What it was</th><th scope="col">How we know</th></tr></thead><tbody>
    {{#orphans}}
    <tr><th scope="row">{{#trustingRole}}\##(Fragment.roleLink){{/trustingRole}}{{#trustingARN}}\##(Fragment.arn){{/trustingARN}}{{#trustingAccount}}a policy of {{.}}{{/trustingAccount}}<br><span class="note">{{place}}</span></th><td><code class="id">{{id}}</code><br><span class="note">{{state}}</span></td><td>{{#was}}\##(Fragment.arn){{/was}}{{^was}}not known{{/was}}{{#candidates}}<br>\##(Fragment.arn){{/candidates}}</td><td>{{how}}{{#evidence}} <code class="event">{{.}}</code>{{/evidence}}</td></tr>
    {{/orphans}}
    </tbody></table></div>
    {{/hasOrphans}}
    {{#recreated}}
    <h3>Names worn again</h3>
    <p>{{intro}}</p>
    <div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">Old id</th><th scope="col">New id</th><th scope="col">New since</th></tr></thead><tbody>
    {{#rows}}
    <tr><th scope="row">{{#arn}}\##(Fragment.arn){{/arn}}</th><td><code class="id">{{old}}</code></td><td>{{#role}}<a href="#{{anchor}}"><code class="id">{{name}}</code></a>{{/role}}{{^role}}<code class="id">{{new}}</code>{{/role}}</td><td class="date">{{#since}}<time>{{.}}</time>{{/since}}{{^since}}not known{{/since}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{/recreated}}
    {{#hasFindingList}}
    <h3>Findings</h3>
    {{/hasFindingList}}
    \##(FindingTemplate.articles)
    </section>

    """##)
}
